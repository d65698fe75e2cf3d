import { Hono } from "hono";
import { health } from "@codex/health";
import { book } from "./book";

const app = new Hono();

app.get("/health", health);
app.post("/stripe", async (c) => c.json(await book(await c.req.text())));

export default app;
