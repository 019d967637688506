/** A program that uses the released modules. */
module org.example.consumer {
    requires org.copick.api;
    requires org.copick.exchange;
    requires org.copick.imagej;
    requires org.copick.imglib2;
}
