package org.copick.tests;

import java.util.Objects;
import java.util.Optional;
import org.copick.tests.PromiseTable.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Makes failures quote the broken promise, and records the outcomes in the table. */
final class PromiseExtension
        implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler, TestWatcher {
    /** JUnit configuration parameter that prevents printing the table if it is {@code false}. */
    static final String PRINT = "copick.promises.print";

    private static final Namespace NAMESPACE = Namespace.create(PromiseExtension.class);

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        // a failed assertion is the store's, such as a new place that does not open; anything else is the test class's
        boolean broken = thrown instanceof AssertionError || thrown instanceof TestAbortedException;
        throw broken ? broken(context, thrown) : cannotTest(context, thrown);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw broken(context, thrown);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw broken(context, thrown);
    }

    private static Throwable broken(ExtensionContext context, Throwable thrown) {
        Optional<String> promise = promise(context);
        if (promise.isEmpty() || thrown instanceof TestAbortedException) {
            return thrown;
        }
        Optional<Throwable> reason = CannotTest.reason(thrown);
        return reason.isPresent()
                ? cannotTest(context, reason.get())
                : new BrokenPromise(subject(context), promise.get(), thrown);
    }

    private static Throwable cannotTest(ExtensionContext context, Throwable cause) {
        return promise(context)
                .<Throwable>map(promise -> new CannotTest(subject(context), promise, cause))
                .orElse(cause);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        Object test = context.getRequiredTestInstance();
        add(context, test instanceof KitTest kit ? kit.outcome() : Outcome.KEPT);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(context, cause instanceof CannotTest ? Outcome.NOT_TESTED : Outcome.BROKEN);
    }

    private static void add(ExtensionContext context, Outcome outcome) {
        promise(context)
                .ifPresent(promise ->
                        table(context).add(subject(context), context.getRequiredTestMethod(), promise, outcome));
    }

    private static Optional<String> promise(ExtensionContext context) {
        return context.getTestMethod()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, Promise.class))
                .map(Promise::value);
    }

    private static String subject(ExtensionContext context) {
        return context.getTestInstance()
                .filter(KitTest.class::isInstance)
                .map(test -> ((KitTest) test).subject())
                .orElseGet(() -> context.getRequiredTestClass().getSimpleName().replaceFirst("Test$", ""));
    }

    private static PromiseTable table(ExtensionContext context) {
        boolean prints = !context.getConfigurationParameter(PRINT).equals(Optional.of("false"));
        return Objects.requireNonNull(context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        PromiseTable.class, key -> new PromiseTable(prints ? System.out : null), PromiseTable.class));
    }
}
