ALTER TABLE "invoices" ADD COLUMN "total_cents" integer;--> statement-breakpoint
CREATE INDEX "invoices_total_cents_idx" ON "invoices" USING btree ("total_cents");--> statement-breakpoint
UPDATE "invoices" SET "total_cents" = "net_cents" + "tax_cents" WHERE "total_cents" IS NULL;