package dev.slipway.fault;

/// A fault that is on.
///
/// @param id by which it is switched off
/// @param left how many requests it still hits; zero means until switched off
public record ActiveFault(String id, FaultOrder what, int left) {}
