import { Hono } from "hono";
import { health } from "@codex/health";

const app = new Hono();

app.get("/health", health);
app.get("/", (c) => c.html("<h1>codex</h1>"));

export default app;
