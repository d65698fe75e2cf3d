package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import java.util.List;
import java.util.Optional;

/// What changes of secrets mean for the versions of a Worker. Each change makes a version of its own,
/// and Cloudflare refuses an older one with 10220 unless it is forced, which would bring the old
/// secrets back.
final class Secrets {
    private static final String TRIGGER = "secret";

    private Secrets() {}

    /// Whether only a secret was changed to make it.
    static boolean madeOf(Version version) {
        return version.trigger().equals(Optional.of(TRIGGER));
    }

    /// The version whose code `version` has: itself, unless only a secret was changed to make it.
    ///
    /// @return empty when that is not known
    static Optional<String> codeOf(String version, List<Version> newestFirst) {
        return newestFirst.stream()
                .dropWhile(each -> !each.id().equals(version))
                .filter(each -> !madeOf(each))
                .findFirst()
                .map(Version::id);
    }

    /// The newest change of a secret after `version`.
    static Optional<Version> changedSince(Version version, List<Version> newestFirst) {
        return newestFirst.stream()
                .filter(Secrets::madeOf)
                .filter(each -> each.number() > version.number())
                .findFirst();
    }
}
