package dev.slipway.sandbox.world;

/// Neon's answer to a request it does not carry out.
public final class NeonRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What Neon says while an operation of the project excludes another one.
    public static final String LOCKED =
            "project already has running conflicting operations, scheduling of new ones is"
                    + " prohibited";

    private final int status;
    private final String code;

    /// @param status HTTP status
    /// @param code Neon's code, often empty
    /// @param message Neon's sentence
    public NeonRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// A refusal without a code.
    public static NeonRefusal of(int status, String message) {
        return new NeonRefusal(status, "", message);
    }

    static NeonRefusal notFound(String what) {
        return new NeonRefusal(404, "", what + " not found");
    }

    static NeonRefusal invalid(String message) {
        return new NeonRefusal(422, "", message);
    }

    static NeonRefusal locked() {
        return new NeonRefusal(423, "", LOCKED);
    }

    /// HTTP status of the answer.
    public int status() {
        return status;
    }

    /// Neon's own code, often empty.
    public String code() {
        return code;
    }

    /// Neon's sentence.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
