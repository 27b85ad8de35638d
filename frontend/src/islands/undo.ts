/** `form[data-undo="10"]`: a way back that is open for some seconds; counts down and goes, with its sentence. */
import { island } from "../lib/island";

export const start = island("form[data-undo]", (form) => {
  let left = Number(form.dataset["undo"]) || 0;
  const rest = form.querySelector(".undo-rest");
  if (!left || !rest) return;
  const show = () => (rest.textContent = `0:${String(left).padStart(2, "0")}`);
  show();
  const timer = window.setInterval(() => {
    left -= 1;
    if (left > 0) return void show();
    window.clearInterval(timer);
    (form.closest(".said li") ?? form).remove(); // what was done stands on the page itself
  }, 1000);
});
