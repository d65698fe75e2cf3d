package dev.slipway.release.fit;

import dev.slipway.cloudflare.NewScript;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.domain.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Which bindings of a version a throw-away script gets. The address of the database is replaced by that
/// of the branch; plain variables go along; anything else would reach production, or cannot be read.
final class Carried {
    static final String DATABASE = "DATABASE_URL";

    private Carried() {}

    /// Why it cannot be tried; a part of a sentence.
    static final class NotTried extends Exception {
        private static final long serialVersionUID = 1L;

        NotTried(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// The bindings for a script on the database of `connection`.
    ///
    /// @throws NotTried when one of them cannot be carried over
    static List<NewScript.Binding> bindings(VersionDetail version, Secret connection)
            throws NotTried {
        var secrets =
                version.secretNames().stream().filter(name -> !name.equals(DATABASE)).toList();
        if (!secrets.isEmpty()) {
            throw new NotTried(
                    "it needs "
                            + String.join(", ", secrets)
                            + ", and a secret cannot be read back");
        }
        var carried = new ArrayList<NewScript.Binding>();
        boolean database = false;
        var stateful = new ArrayList<VersionDetail.Binding>();
        for (var binding : version.bindings()) {
            switch (binding.type()) {
                case "secret_text", "secret_key" -> {
                    carried.add(new NewScript.Binding.SecretText(binding.name(), connection));
                    database = true;
                }
                case "plain_text" -> {
                    var text = binding.text().orElse("");
                    if (binding.name().equals(DATABASE)
                            || text.matches("(?s).*postgres(ql)?://.*")) {
                        throw new NotTried(
                                "its variable " + binding.name() + " may lead to a database");
                    }
                    carried.add(new NewScript.Binding.Text(binding.name(), text));
                }
                case "version_metadata" ->
                        carried.add(new NewScript.Binding.VersionMetadata(binding.name()));
                default -> stateful.add(binding);
            }
        }
        if (!stateful.isEmpty()) {
            throw new NotTried(
                    "it is bound to "
                            + stateful.stream()
                                    .map(b -> b.name() + " (" + b.type() + ")")
                                    .collect(Collectors.joining(", "))
                            + ", which a trial must not touch");
        }
        if (!database) {
            throw new NotTried("it has no secret " + DATABASE + " that could lead to the branch");
        }
        return carried;
    }
}
