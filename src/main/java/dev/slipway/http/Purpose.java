package dev.slipway.http;

/// Why a call is made, which decides whether it may use the last of a provider's budget.
public enum Purpose {
    /// Nobody waits for it: refused while only the reserve is left.
    BACKGROUND,
    /// A person or an operation waits for it: may use the reserve, refused at zero.
    FOREGROUND,
    /// Going back: always sent, the provider decides.
    ROLLBACK
}
