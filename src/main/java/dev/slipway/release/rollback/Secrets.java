package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.release.step.UploadAgain;
import java.util.Comparator;
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

    /// The version whose code `version` has: itself, unless only a secret was changed to make it, or it is
    /// a copy, which healing makes.
    ///
    /// @return empty when that is not known
    static Optional<String> codeOf(String version, List<Version> newestFirst) {
        var built =
                newestFirst.stream()
                        .dropWhile(each -> !each.id().equals(version))
                        .filter(each -> !madeOf(each))
                        .findFirst();
        var original = built.flatMap(UploadAgain::original);
        // A copy is younger than what it is a copy of, so this ends.
        return original.isPresent()
                ? codeOf(original.get(), after(built.get(), newestFirst)).or(() -> original)
                : built.map(Version::id);
    }

    private static List<Version> after(Version version, List<Version> newestFirst) {
        return newestFirst.subList(newestFirst.indexOf(version) + 1, newestFirst.size());
    }

    /// The version to return to for the code of `version`: itself where Cloudflare deploys it, else its
    /// newest copy that it does; itself again where there is none.
    static String returning(String version, List<Version> newestFirst) {
        return newestFirst.stream()
                .filter(each -> !madeOf(each) && changedSince(each, newestFirst).isEmpty())
                .filter(each -> codeOf(each.id(), newestFirst).equals(Optional.of(version)))
                .map(Version::id)
                .sorted(Comparator.comparing(id -> !id.equals(version)))
                .findFirst()
                .orElse(version);
    }

    /// The newest change of a secret after `version`.
    static Optional<Version> changedSince(Version version, List<Version> newestFirst) {
        return newestFirst.stream()
                .filter(Secrets::madeOf)
                .filter(each -> each.number() > version.number())
                .findFirst();
    }
}
