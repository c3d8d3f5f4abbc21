// A page that leads to one worth having without signal (data-keep) has it kept beforehand.
import { keep } from "./worker.js";

for (const link of document.querySelectorAll("a[data-keep]")) keep(link.pathname);
