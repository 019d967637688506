package org.copick.tests;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.copick.spi.Backend;
import org.copick.storage.ObjectStore;
import org.copick.storage.ObjectWriter;
import org.copick.storage.RangesRead;
import org.copick.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last calls that each thread made to the tested store or backend.
 *
 * <p>A failure shows them, so that its message names the arguments of the call that broke a promise and what came of
 * it. Texts are made for failures only.
 */
final class RecordedCalls {
    /** Number of shown calls: the one that is tested, and one that is compared with it, such as {@code info}. */
    private static final int SHOWN = 2;

    /** Calls that tests make beside the tested ones. */
    private static final Set<String> UNTOLD = Set.of("close", "can");

    private static final ThreadLocal<Deque<Call>> LAST = ThreadLocal.withInitial(ArrayDeque::new);

    private RecordedCalls() {}

    /** Returns a store that passes all calls on and records them, and those of its writers. */
    static ObjectStore of(ObjectStore store) {
        return proxy(ObjectStore.class, store);
    }

    /** Returns a backend that passes all calls on and records them, and those of its views and stores. */
    static Backend of(Backend backend) {
        return proxy(Backend.class, backend);
    }

    private static <T> T proxy(Class<T> type, T target) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Recorder(target));
        return type.cast(proxy);
    }

    /** Forgets the calls of this thread. */
    static void forget() {
        LAST.remove();
    }

    /**
     * Returns the last calls of this thread, a line for each, the oldest first; empty if there are none.
     *
     * @param shown a failure whose text the message has already
     */
    static String shown(Throwable shown) {
        return LAST.get().stream()
                .map(call -> "\n    after " + (call.end == shown ? call.text() + " threw it" : call.toString()))
                .collect(Collectors.joining());
    }

    private record Recorder(Object target) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getDeclaringClass() == Object.class || UNTOLD.contains(method.getName())) {
                return called(method, arguments);
            }
            Call call = new Call(method.getName(), withoutBytes(arguments == null ? new Object[0] : arguments));
            Deque<Call> calls = LAST.get();
            calls.addLast(call);
            if (calls.size() > SHOWN) {
                calls.removeFirst();
            }
            try {
                Object result = recorded(method.getReturnType(), called(method, arguments));
                call.end = method.getReturnType() == void.class ? new Returned("") : new Returned(withoutBytes(result));
                return result;
            } catch (Throwable e) {
                call.end = e;
                throw e;
            }
        }

        private @Nullable Object called(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private static @Nullable Object recorded(Class<?> type, @Nullable Object result) {
            if (result instanceof ObjectStore store && type == ObjectStore.class) {
                return of(store);
            } else if (result instanceof Backend backend && type == Backend.class) {
                return of(backend);
            } else if (result instanceof ObjectWriter writer && type == ObjectWriter.class) {
                return proxy(ObjectWriter.class, writer);
            }
            return result;
        }
    }

    private static @Nullable Object[] withoutBytes(@Nullable Object[] values) {
        return Arrays.stream(values).map(RecordedCalls::withoutBytes).toArray();
    }

    private static @Nullable Object withoutBytes(@Nullable Object value) {
        Object content = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return content instanceof byte[] || content instanceof StoredObject || content instanceof RangesRead
                ? new Text(CallText.of(value))
                : value;
    }

    /** The text of a value. */
    private record Text(String value) {
        @Override
        public String toString() {
            return value;
        }
    }

    /** The result of a call; the empty text for a method without a result. */
    private record Returned(@Nullable Object value) {}

    private static final class Call {
        private final String method;
        private final @Nullable Object[] arguments;
        private @Nullable Object end;

        Call(String method, @Nullable Object[] arguments) {
            this.method = method;
            this.arguments = arguments;
        }

        String text() {
            return method + Arrays.stream(arguments).map(CallText::of).collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public String toString() {
            if (end instanceof Returned returned) {
                boolean nothing = returned.equals(new Returned(""));
                return text() + (nothing ? " returned" : " returned " + CallText.of(returned.value()));
            }
            return end == null ? text() + " began" : text() + " threw " + end;
        }
    }
}
