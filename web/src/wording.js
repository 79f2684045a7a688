// The page's own words, in the language its document is in: Chinese first, English otherwise.
import words from "../words.json";

const OURS = {
  sending: ["正在提交……", "Sending…"],
  thanks: ["谢谢！", "Thank you!"],
  received: ["您的回答已经收到。", "Your answers have been received."],
  receipt: ["回执号：", "Receipt number: "],
  next: ["请记下回执号。工作人员会查看您的回答；要询问或更正，报这个号就能找到。", "Please note the number. Staff will look at your answers; to ask about them or correct them, give this number."],
  nextAnonymous: ["匿名：没有回执号，谁也查不出是您填的；您的回答只计入汇总。", "Anonymous: there is no receipt number, and nobody can tell that these answers are yours; they only count in totals."],
  kept: ["没提交的回答加密保存在这部设备上，提交后自动删除；30 天没有改动也会删除。", "Answers not sent yet are kept on this device, encrypted, and deleted when they are sent or 30 days after the last change."],
  keptInTab: ["没提交的回答只保存到关闭这个页面为止，下一位用这部设备的人打不开。", "Answers not sent yet are kept only until this page is closed, so that the next user of this device cannot open them."],
  unkept: ["这个浏览器不能保存没提交的回答：提交之前请不要关闭或刷新页面。", "This browser cannot keep answers that are not sent yet: do not close or reload the page before sending."],
  unfinished: ["有没提交的回答", "Answers not sent yet"],
  keptHere: ["它们加密保存在这部设备上，还没有提交完；30 天没有改动就会删除。", "They are kept on this device, encrypted, and are not completely sent; 30 days after the last change they are deleted."],
  changedAt: ["最后修改：", "Last changed: "],
  goOn: ["接着填", "Continue"],
  startNew: ["另填一份新的", "Start a new one"],
  remove: ["删除", "Delete"],
  sure: ["确定删除这些没提交的回答吗？删除后找不回来。", "Delete these answers? They have not been sent and cannot be recovered."],
  again: ["再填一份", "Fill in another"],
  closeable: ["可以关闭这个页面了。", "You can close this page now."],
  unsent: ["没有发出去：连不上服务器。您的回答还在这里，连上后会自动再发；如果又改了回答，请再点“提交”。", "Not sent: the server cannot be reached. Your answers are still here and will be sent when it can; if you change them, press Send again."],
  refused: ["没有发出去，服务器说：", "Not sent. The server said: "],
  unopened: ["打不开问卷，请检查网络后刷新页面。", "The form cannot be opened. Check the network and reload the page."],
};

const PRIMEVUE = {
  dayNames: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
  dayNamesShort: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  dayNamesMin: ["日", "一", "二", "三", "四", "五", "六"],
  monthNames: ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
  monthNamesShort: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
  today: "今天",
  clear: "清除",
  firstDayOfWeek: 1,
  showMonthAfterYear: true,
  emptyFilterMessage: "没有找到",
  emptySearchMessage: "没有找到",
  emptyMessage: "没有可选项",
  searchMessage: "有 {0} 个结果",
  selectionMessage: "已选 {0} 项",
  emptySelectionMessage: "未选择",
};

export const inChinese = () => document.documentElement.lang.startsWith("zh");

// Browsers give no position to a page without https, whatever the person allows: say that instead of the upstream advice.
const NO_POSITION = [
  "这个页面没有加密（http），浏览器因此不给位置，改手机设置也没用。请负责人用 https 开服务（liuwen serve --lan --https），或用 ODK Collect 填；不然请用文字写明地点。",
  "This page is not encrypted (http), so the browser gives no location, whatever its settings. Ask the person who runs the server for https (liuwen serve --lan --https), or use ODK Collect; otherwise describe the place in words.",
];
const ABOUT_POSITION = /^Grant location permission|^Location unavailable\./;

// One of ODK Web Forms' own sentences; words.json has it in Chinese, and where its English can be plainer, in both.
export function say(english) {
  const truth = !isSecureContext && ABOUT_POSITION.test(english) ? NO_POSITION : words[english];
  const [chinese, plainer = english] = [truth].flat();
  return inChinese() ? chinese : plainer;
}

// One of ours.
export const tell = (name) => OURS[name][inChinese() ? 0 : 1];

// What the date picker and the lists say; dates are written year first, which both languages read alike.
export const pickerWords = () => ({ ...(inChinese() ? PRIMEVUE : {}), dateFormat: "yy-mm-dd" });
