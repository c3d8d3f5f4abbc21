// Without signal: the pages that open all the same, by their own titles.

async function kept() {
  if (!("caches" in window)) return [];
  const cache = await caches.open("xfh-kept");
  const pages = await Promise.all((await cache.keys()).map((request) => titled(cache, request)));
  return pages.filter(({ title }) => title);
}

async function titled(cache, request) {
  const text = await (await cache.match(request)).text();
  const title = new DOMParser().parseFromString(text, "text/html").title;
  return { address: request.url, title: title.split(" · ")[0] };
}

function line({ address, title }) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

const pages = await kept();
if (pages.length) {
  document.getElementById("pages").replaceChildren(...pages.map(line));
  document.getElementById("at-hand").hidden = false;
}
document.getElementById("again").addEventListener("click", () => location.reload());
