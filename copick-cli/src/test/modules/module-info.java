module org.example.tomograms {
    requires org.copick.api;
}
