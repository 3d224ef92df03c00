/** What {@code ./in demo} needs beside the commands that it runs. */
package dev.in.runner.demo;
