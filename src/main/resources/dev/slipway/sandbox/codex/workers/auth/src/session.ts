import { getCookie } from "hono/cookie";
import { sessions } from "@codex/database";

export async function readSession(c) {
  const token = getCookie(c, "session");
  return token ? await c.var.db.select().from(sessions).where(sessions.token.eq(token)) : null;
}
