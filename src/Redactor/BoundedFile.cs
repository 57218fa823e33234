namespace Redactor;

/// <summary>Files that people name: read whole, up to a size, whatever they are. A pipe (<c>&lt;(...)</c>, <c>/dev/stdin</c>) has no length beforehand, a device no end.</summary>
internal static class BoundedFile
{
    /// <summary>Size of one read in bytes: 64 KiB, the whole of most files.</summary>
    private const int ReadSize = 64 * 1024;

    /// <summary>How long a named pipe may have nobody who writes to it: 2 seconds, as who does is started beside the program. Opening one waits for ever.</summary>
    private static readonly TimeSpan MaxWaitForWriter = TimeSpan.FromSeconds(2);

    /// <summary>Reads a file; null if it has more than <paramref name="maxSize"/> bytes.</summary>
    /// <exception cref="PipeWithoutWriterException">It is a pipe, and nobody writes to it.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read, or is a folder.</exception>
    public static byte[]? Read(string path, int maxSize)
    {
        using var stream = Open(path);
        var content = new MemoryStream();
        byte[] buffer = new byte[ReadSize];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            content.Write(buffer.AsSpan(0, read));
            if (content.Length > maxSize)
            {
                return null;
            }
        }

        return content.ToArray();
    }

    private static FileStream Open(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: 0 })
        {
            return File.OpenRead(path);
        }

        Task<FileStream> opening = Task.Factory.StartNew(() => File.OpenRead(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny([opening], MaxWaitForWriter) == 0)
        {
            return opening.GetAwaiter().GetResult();
        }

        // Who opens a pipe for both ends waits for nobody, and lets the one go who does.
        using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            opening.GetAwaiter().GetResult().Dispose();
        }

        throw new PipeWithoutWriterException();
    }
}

/// <summary>A named pipe has nobody who writes to it.</summary>
internal sealed class PipeWithoutWriterException() : IOException("a pipe that nobody writes to; name a file, or start what writes to it first");
