package org.copick.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.copick.Root;
import org.copick.error.ClosedException;
import org.junit.jupiter.api.Test;

/** Tests of the projects that tasks of one process share. */
final class OpenProjectsTest {
    @Test
    void tasksOfAScanShareAProjectUntilItIsIdle() {
        List<Runnable> later = new ArrayList<>();
        OpenProjects projects = new OpenProjects(later::add);
        try (MemoryProject memory = new MemoryProject(root -> {})) {
            Project project = ProjectReader.read(
                    projects.context(), SourceOptions.of(Map.of("path", memory.config, "table", "picks")));
            OpenProjects.Lease one = projects.lease(project, "scan");
            OpenProjects.Lease two = projects.lease(project, "scan");
            OpenProjects.Lease other = projects.lease(project, "another scan");
            assertSame(one.root(), two.root());
            assertNotSame(one.root(), other.root());
            assertEquals(2, projects.size());
            one.close();
            one.close();
            assertEquals(0, later.size());
            two.close();
            OpenProjects.Lease again = projects.lease(project, "scan");
            later.remove(0).run(); // a task has come meanwhile
            assertSame(one.root(), again.root());
            assertEquals(List.of(), again.root().runs());
            again.close();
            later.remove(0).run();
            assertEquals(1, projects.size());
            Root closed = again.root();
            assertThrows(ClosedException.class, () -> closed.newRun("r"));
            assertEquals(List.of(), other.root().runs());
            other.close();
            later.remove(0).run();
            assertEquals(0, projects.size());
        }
    }
}
