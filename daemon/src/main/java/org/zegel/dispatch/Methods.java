package org.zegel.dispatch;

import java.util.Objects;
import org.zegel.protocol.Method;
import org.zegel.protocol.Request;

/** The {@link Method} of each request record. */
final class Methods {
    private static final ClassValue<Method> METHODS = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> type) {
            return Objects.requireNonNull(type.getAnnotation(Method.class), () -> type + " has no @Method");
        }
    };

    private Methods() {}

    static Method of(Request request) {
        return METHODS.get(request.getClass());
    }
}
