package dev.slipway.sandbox.world;

/// Who wrote or committed something.
public record GitPerson(String name, String email) {}
