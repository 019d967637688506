package org.copick.zarr.codec;

/**
 * Lets the module of this package use aircompressor, the library of bz2 and of zstd in Java.
 *
 * <p>Its manifest has no module name, so the Java runtime derives one from the name of the jar. A published module must
 * not require such a name, which another version or a renamed jar changes.
 */
final class Aircompressor {
    private Aircompressor() {}

    /** Makes the library's classes accessible; every method that uses one of them calls this before. */
    static void access() {
        Module ours = Aircompressor.class.getModule();
        if (ours.isNamed()) {
            try {
                ours.addReads(Class.forName("io.airlift.compress.Decompressor").getModule());
            } catch (ClassNotFoundException e) {
                throw new NoClassDefFoundError(
                        "aircompressor is missing: add io.airlift:aircompressor to the module path or the class path");
            }
        }
    }
}
