package org.copick.mesh;

/**
 * Lets the module of this package use JglTF.
 *
 * <p>The manifests of its jars have no module names, so the Java runtime derives them from the names of the jars. A
 * published module must not require such a name, which another version or a renamed jar changes.
 */
final class Jgltf {
    private static final String[] CLASSES = {"de.javagl.jgltf.impl.v2.GlTF", "de.javagl.jgltf.model.GltfModel"};

    private Jgltf() {}

    /** Makes the library's classes accessible; the reader and the writer call this before they use one of them. */
    static void access() {
        Module ours = Jgltf.class.getModule();
        if (ours.isNamed()) {
            try {
                for (String type : CLASSES) {
                    ours.addReads(Class.forName(type).getModule());
                }
            } catch (ClassNotFoundException e) {
                throw new NoClassDefFoundError("JglTF is missing: add de.javagl:jgltf-model, with what it depends on,"
                        + " to the module path or the class path");
            }
        }
    }
}
