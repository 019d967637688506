package org.copick.zarr.codec;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The choice between plain and vector kernels, made when kernels are first needed.
 *
 * <p>Vector kernels need the module {@code jdk.incubator.vector}, which a program gets by {@code --add-modules}, and a
 * JVM that compiles calls of this module to vector instructions.
 */
final class FastestKernels {
    private static final Logger LOG = LoggerFactory.getLogger(FastestKernels.class);
    private static final String MODULE = "jdk.incubator.vector";

    /** The first Java version whose vector interface widens bytes without their sign. */
    private static final int OLDEST_JAVA = 21;

    static final Kernels KERNELS = choose();

    private FastestKernels() {}

    private static Kernels choose() {
        Kernels plain = new PlainKernels();
        return vectors()
                .<Kernels>map(vectors -> new WarmedKernels(plain, vectors).start())
                .orElse(plain);
    }

    /** Returns vector kernels, or empty if this JVM or this machine cannot run them well. */
    static Optional<Kernels> vectors() {
        Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
        if (module.isEmpty() || Runtime.version().feature() < OLDEST_JAVA || !optimises()) {
            return Optional.empty();
        }
        FastestKernels.class.getModule().addReads(module.get());
        try {
            // compiled apart, so this class cannot name it
            Class<?> vectors = Class.forName(FastestKernels.class.getPackageName() + ".VectorKernels");
            return Optional.of((Kernels) vectors.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.debug("cannot use vector kernels; using plain ones", e);
            return Optional.empty();
        }
    }

    /** Returns whether the JVM has its optimising compiler; without it, vectors are slow for ever. */
    private static boolean optimises() {
        String mode = System.getProperty("java.vm.info", "");
        return mode.contains("mixed mode") && !mode.contains("emulated-client");
    }
}
