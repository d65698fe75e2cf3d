package dev.slipway.migration.rehearsal;

/// The table locks of PostgreSQL, weakest first
/// (https://www.postgresql.org/docs/current/explicit-locking.html).
public enum LockMode {
    ACCESS_SHARE("AccessShareLock"),
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private final String server;

    LockMode(String server) {
        this.server = server;
    }

    /// The name `pg_locks` gives it.
    public String server() {
        return server;
    }

    /// The lock `pg_locks` calls `server`.
    ///
    /// @throws IllegalArgumentException when it is not a lock of tables
    public static LockMode of(String server) {
        for (var mode : values()) {
            if (mode.server.equals(server)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("not a table lock: " + server);
    }

    /// Whether SELECT waits for it.
    public boolean blocksReads() {
        return this == ACCESS_EXCLUSIVE;
    }

    /// Whether INSERT, UPDATE and DELETE wait for it.
    public boolean blocksWrites() {
        return compareTo(SHARE) >= 0;
    }

    /// Whether `other`, held by somebody else, makes this one wait.
    public boolean conflicts(LockMode other) {
        return switch (this) {
            case ACCESS_SHARE -> other == ACCESS_EXCLUSIVE;
            case ROW_SHARE -> other.compareTo(EXCLUSIVE) >= 0;
            case ROW_EXCLUSIVE -> other.compareTo(SHARE) >= 0;
            case SHARE_UPDATE_EXCLUSIVE -> other.compareTo(SHARE_UPDATE_EXCLUSIVE) >= 0;
            // A lock SHARE goes together with itself.
            case SHARE ->
                    other == ROW_EXCLUSIVE
                            || other == SHARE_UPDATE_EXCLUSIVE
                            || other.compareTo(SHARE_ROW_EXCLUSIVE) >= 0;
            case SHARE_ROW_EXCLUSIVE -> other.compareTo(ROW_EXCLUSIVE) >= 0;
            case EXCLUSIVE -> other.compareTo(ROW_SHARE) >= 0;
            case ACCESS_EXCLUSIVE -> true;
        };
    }
}
