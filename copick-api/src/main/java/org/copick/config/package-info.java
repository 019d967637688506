/**
 * The project configuration, Python copick's JSON as records, and the rules for names.
 *
 * <p>A {@link org.copick.config.ProjectConfig} names the project, its {@linkplain org.copick.config.ObjectDefinition
 * objects} and the roots of its data: an overlay, a static root, or any number of {@linkplain
 * org.copick.config.LayerConfig layers}. Reading converts text to objects and writing converts objects to text, without
 * I/O; {@link org.copick.CopickContext} reads and writes the files. Fields that copick does not know are kept.
 *
 * <pre>{@code
 * ProjectConfig config = ProjectConfig.builder()
 *         .name("my tomograms")
 *         .overlay("/home/me/annotations")
 *         .shared("s3://bucket/project", Map.of("anon", true))
 *         .object(ObjectDefinition.particle("ribosome").radius(150)) // Å
 *         .build();
 * String json = config.toJson(); // Python copick reads it
 * }</pre>
 *
 * <p>{@link org.copick.config.EntityNames} checks the names of new entities. An invalid configuration or name is
 * refused with an exception that names the field or the character.
 *
 * <p>File-system arguments may hold credentials. No {@code toString} and no message shows their values, and {@link
 * org.copick.config.ProjectConfig#holdsSecrets} returns whether a configuration holds any.
 *
 * <p>All types are immutable and may be shared between threads; builders belong to one thread. The pages {@code
 * docs/storage.md} and {@code docs/layers.md} of the sources describe the fields.
 *
 * @since 0.1.0
 */
@NullMarked
package org.copick.config;

import org.jspecify.annotations.NullMarked;
