// The page's own words, in the language its document is in: Chinese first, English otherwise.
import words from "../words.json";

const OURS = {
  sending: ["正在提交……", "Sending…"],
  thanks: ["谢谢！", "Thank you!"],
  received: ["您的回答已经收到。", "Your answers have been received."],
  again: ["再填一份", "Fill in another"],
  closeable: ["可以关闭这个页面了。", "You can close this page now."],
  unsent: ["没有发出去：连不上服务器。您的回答还在这里，请稍后再点“提交”。", "Not sent: the server cannot be reached. Your answers are still here; press Send again later."],
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

// One of ODK Web Forms' own sentences; words.json has it in Chinese, and where its English can be plainer, in both.
export function say(english) {
  const [chinese, plainer = english] = [words[english]].flat();
  return inChinese() ? chinese : plainer;
}

// One of ours.
export const tell = (name) => OURS[name][inChinese() ? 0 : 1];

// What the date picker and the lists say; dates are written year first, which both languages read alike.
export const pickerWords = () => ({ ...(inChinese() ? PRIMEVUE : {}), dateFormat: "yy-mm-dd" });
