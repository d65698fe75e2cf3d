package dev.slipway.sandbox.world;

import java.util.List;
import java.util.Map;

/// What a world is about, kept in its home so that it can be opened again.
///
/// @param id of the world
/// @param name what people call it
/// @param owner of the repository at GitHub
/// @param repository its name
/// @param stack what the repository deploys
/// @param workers how continuous integration builds its Workers, in the same order
/// @param secrets values of the Workers' secrets other than the database's address, made up
public record Scene(
        String id,
        String name,
        String owner,
        String repository,
        StackFile stack,
        List<CiWorker> workers,
        Map<String, String> secrets) {
    /// The secret every Worker gets: the address of its database.
    public static final String DATABASE_URL = "DATABASE_URL";

    public Scene {
        workers = List.copyOf(workers);
        secrets = Map.copyOf(secrets);
    }
}
