// Shows the OpenAPI description of this server. It loads nothing from anywhere else.
"use strict";

const make = (tag, text = "", kind = "") => {
  const element = document.createElement(tag);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
};

const resolve = (api, schema) =>
  schema && schema.$ref ? schema.$ref.split("/").slice(1).reduce((at, key) => at[key], api) : schema || {};

const kindOf = (api, schema) => {
  const found = resolve(api, schema);
  if (found.enum) return found.enum.join("、");
  if (found.type === "array") return `[${kindOf(api, found.items)}]`;
  if (found.properties) return Object.keys(found.properties).join("、");
  const limits = [found.minimum ?? found.minLength ?? found.minItems, found.maximum ?? found.maxLength ?? found.maxItems];
  const range = limits.some((limit) => limit !== undefined) ? ` ${limits[0] ?? ""}–${limits[1] ?? ""}` : "";
  return `${[].concat(found.type || "").join("/")}${found.format ? ` ${found.format}` : ""}${range}`;
};

const table = (rows) => {
  const made = make("table");
  for (const [name, kind, about, must] of rows) {
    const row = made.insertRow();
    const cell = make("th");
    cell.scope = "row";
    cell.append(make("code", name, must ? "must" : ""));
    row.append(cell, make("td", kind), make("td", about || ""));
  }
  return made;
};

const fieldsOf = (api, schema) => {
  const found = resolve(api, schema);
  const must = new Set(found.required || []);
  return Object.entries(found.properties || {}).map(([name, field]) => [
    name, kindOf(api, field), resolve(api, field).description || field.description, must.has(name),
  ]);
};

const section = (title, content) => {
  const made = make("div");
  made.append(make("h3", title), content);
  return made;
};

const showOperation = (api, path, method, operation) => {
  const made = make("details");
  const summary = make("summary");
  summary.append(make("b", method.toUpperCase()), make("code", path), ` ${operation.summary}`);
  if (operation.security.some((need) => !Object.keys(need).length)) summary.append(make("span", "（无需登录）", "open"));
  const body = make("div");
  const parameters = (operation.parameters || []).map((one) => [one.name, kindOf(api, one.schema), one.description, one.required]);
  if (parameters.length) body.append(section("参数", table(parameters)));
  const content = operation.requestBody?.content["application/json"].schema;
  if (content) body.append(section("内容", table(fieldsOf(api, content))));
  const done = Object.entries(operation.responses).find(([status]) => status < 300);
  const shown = resolve(api, done[1].content["application/json"].schema);
  const document = shown.properties?.document || shown.properties?.items?.items || shown;
  body.append(section(`答复 ${done[0]}`, table(fieldsOf(api, document))));
  made.append(summary, body);
  made.dataset.words = `${method} ${path} ${operation.summary}`.toLowerCase();
  return made;
};

const show = (api) => {
  document.getElementById("about").textContent = api.info.description;
  const main = document.getElementById("operations");
  for (const tag of api.tags) {
    const group = make("section");
    group.append(make("h2", tag.description || tag.name));
    for (const [path, methods] of Object.entries(api.paths))
      for (const [method, operation] of Object.entries(methods))
        if (operation.tags?.includes(tag.name)) group.append(showOperation(api, path, method, operation));
    main.append(group);
  }
};

document.getElementById("search").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const one of document.querySelectorAll("details")) one.hidden = !one.dataset.words.includes(wanted);
});

fetch("/api/v1/openapi.json")
  .then((answer) => answer.json())
  .then(show)
  .catch((error) => { document.getElementById("about").textContent = `载入失败：${error}`; });
