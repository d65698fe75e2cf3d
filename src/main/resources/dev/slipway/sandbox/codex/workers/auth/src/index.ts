import { Hono } from "hono";
import { health } from "@codex/health";
import { readSession } from "./session";

const app = new Hono();

app.get("/health", health);
app.get("/session", async (c) => c.json(await readSession(c)));

export default app;
