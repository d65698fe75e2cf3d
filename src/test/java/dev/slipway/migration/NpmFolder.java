package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.postgres.PostgresAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A folder with packages from npm, and with the files a test writes beside them.
public record NpmFolder(Path path) {
    /// The newest stable Drizzle and the newest before its 1.0, each with the driver it uses.
    public static List<String> drizzle(Layout layout) {
        var stable = layout == Layout.JOURNAL;
        return List.of(
                "drizzle-kit@" + (stable ? "0.31.11" : "1.0.0-rc.5"),
                "drizzle-orm@" + (stable ? "0.45.4" : "1.0.0-rc.5"),
                "pg@8.23.1");
    }

    public NpmFolder write(String file, String text) throws IOException {
        Files.createDirectories(path.resolve(file).getParent());
        Files.writeString(path.resolve(file), text);
        return this;
    }

    public void install(List<String> packages) throws IOException, InterruptedException {
        write("package.json", "{\"private\":true,\"type\":\"module\"}");
        var command = new ArrayList<>(List.of("npm", "install", "--silent", "--no-audit"));
        command.addAll(packages);
        run(Map.of(), command);
    }

    /// Runs what must end well.
    ///
    /// @return what it printed
    public String run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(path.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("CI", "1");
        builder.environment().put("NO_COLOR", "1");
        var process = builder.redirectErrorStream(true).start();
        process.outputWriter().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + "\n" + text).isZero();
        return text;
    }

    /// What Drizzle connects to, in the environment, where its configuration looks for it.
    public static Map<String, String> database(PostgresAddress address) {
        return Map.of(
                "DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                encoded(address.user()),
                                encoded(address.password().reveal()),
                                address.host(),
                                address.port(),
                                encoded(address.database())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
