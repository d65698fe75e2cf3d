package dev.slipway.pipeline;

import dev.slipway.domain.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The npm packages of a repository and their scripts.
final class Packages {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<NpmPackage> packages = new ArrayList<>();

    /// @param folder where it is; empty for the top
    record NpmPackage(String folder, String name, Map<String, String> scripts) {}

    Packages(SourceTree tree) {
        for (var path : tree.files("")) {
            if (!path.endsWith("package.json") || path.contains("node_modules/")) {
                continue;
            }
            if (!path.equals("package.json") && !path.endsWith("/package.json")) {
                continue;
            }
            tree.file(path).flatMap(bytes -> read(path, bytes)).ifPresent(packages::add);
        }
    }

    private static Optional<NpmPackage> read(String path, byte[] bytes) {
        try {
            var json = JSON.readTree(bytes);
            var scripts = new LinkedHashMap<String, String>();
            json.path("scripts")
                    .properties()
                    .forEach(each -> scripts.put(each.getKey(), each.getValue().asString("")));
            int slash = path.lastIndexOf('/');
            return Optional.of(
                    new NpmPackage(
                            slash < 0 ? "" : path.substring(0, slash),
                            json.path("name").asString(""),
                            scripts));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// The package a command in `folder` works with: the nearest one upwards.
    List<NpmPackage> at(String folder) {
        for (var at = folder; ; at = parent(at)) {
            for (var each : packages) {
                if (each.folder().equals(at)) {
                    return List.of(each);
                }
            }
            if (at.isEmpty()) {
                return List.of();
            }
        }
    }

    private static String parent(String folder) {
        int slash = folder.lastIndexOf('/');
        return slash < 0 ? "" : folder.substring(0, slash);
    }

    List<NpmPackage> all() {
        return packages;
    }

    /// Those a filter of pnpm or turbo may mean; all when it says more than a name or a path.
    List<NpmPackage> filtered(String filter) {
        if (!filter.matches("[@A-Za-z0-9._/*-]+") || filter.contains("...")) {
            return packages;
        }
        var path = filter.startsWith("./") ? filter.substring(2).replaceFirst("/$", "") : filter;
        var glob = Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]*\\Q"));
        return packages.stream()
                .filter(each ->
                        glob.matcher(each.name()).matches()
                                || glob.matcher(each.folder()).matches()
                                || each.name().endsWith("/" + path))
                .toList();
    }
}
