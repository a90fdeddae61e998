// A passkey that was refused or cancelled: say so on the page instead of only in the console.
const notice = document.querySelector("[data-passkey-failed]");
document.addEventListener("allauth.error", (e) => {
  if (!notice) return;
  e.preventDefault();
  notice.hidden = false;
});
