package dev.slipway.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A port of which only a part is there: what a simulated remote has, under the port's own names.
/// Anything else that is called is a defect of the simulation and says so.
final class Partial {
    private static final Map<Method, MethodHandle> KNOWN = new ConcurrentHashMap<>();

    private Partial() {}

    /// `part` as a `port`.
    static <T> T of(Class<T> port, Object part) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, arguments) -> {
                            var handle = KNOWN.get(method);
                            if (handle == null) {
                                handle = find(part.getClass(), method);
                                KNOWN.put(method, handle);
                            }
                            return handle.invoke(
                                    part, arguments == null ? new Object[0] : arguments);
                        }));
    }

    private static MethodHandle find(Class<?> type, Method wanted) {
        try {
            var method =
                    Arrays.stream(type.getDeclaredMethods())
                            .filter(m -> m.getName().equals(wanted.getName()))
                            .filter(m ->
                                    Arrays.equals(
                                            m.getParameterTypes(), wanted.getParameterTypes()))
                            .findFirst()
                            .orElseThrow(() ->
                                    new UnsupportedOperationException(
                                            type.getSimpleName() + " has no " + wanted));
            var handle = MethodHandles.lookup().unreflect(method);
            return handle.asSpreader(Object[].class, method.getParameterCount())
                    .asType(
                            java.lang.invoke.MethodType.methodType(
                                    Object.class, Object.class, Object[].class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
