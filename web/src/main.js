// One form on one page: draws it, and hands what is sent to whoever mounted it.
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";

export function mount(element, { formXml, fetchAttachment, editInstance, send }) {
  const app = createApp({
    render: () =>
      h(OdkWebForm, {
        formXml,
        fetchFormAttachment: fetchAttachment,
        missingResourceBehavior: "BLANK",
        editInstance,
        onSubmit: (payload, done) => send(payload, done),
      }),
  });
  app.use(webFormsPlugin);
  app.mount(element);
  return () => app.unmount();
}
