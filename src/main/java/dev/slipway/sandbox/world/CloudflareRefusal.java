package dev.slipway.sandbox.world;

/// Cloudflare says no: an HTTP status, one of its error codes and its sentence. Nothing was changed.
public final class CloudflareRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    /// A refusal answered with `status` and the error `code` of the envelope.
    public CloudflareRefusal(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// HTTP status, 400 to 499.
    public int status() {
        return status;
    }

    /// Code in the envelope's `errors`.
    public int code() {
        return code;
    }

    /// The sentence, never absent.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// No Worker has this name.
    public static CloudflareRefusal noScript() {
        return new CloudflareRefusal(404, 10007, "This Worker does not exist on your account.");
    }

    /// The Worker has no such version, or it is not to be seen yet.
    public static CloudflareRefusal noVersion(String id) {
        return new CloudflareRefusal(404, 100146, "Could not find Worker version " + id + ".");
    }

    /// The upload or deployment is wrong in itself.
    public static CloudflareRefusal invalid(String sentence) {
        return new CloudflareRefusal(400, 10021, sentence);
    }
}
