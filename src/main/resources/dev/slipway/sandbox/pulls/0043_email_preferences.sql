CREATE TABLE "email_preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"newsletter" boolean DEFAULT false NOT NULL,
	"receipts" boolean DEFAULT true NOT NULL
);