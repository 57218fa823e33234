using System.Diagnostics;

namespace Redactor.Tests.Faults;

/// <summary>A file system of its own that can be filled up: a small tmpfs. Needs the right to mount; without it a directory, which is never full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string filler;

    private SmallDisk(string directory, bool mounted)
    {
        Directory = directory;
        CanBeFilled = mounted;
        filler = Path.Combine(directory, "filler");
    }

    public string Directory { get; }

    public bool CanBeFilled { get; }

    /// <param name="directory">An empty directory.</param>
    /// <param name="mebibytes">Its size.</param>
    public static SmallDisk Mount(string directory, int mebibytes) =>
        new(directory, OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", directory));

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
            return;
        }
    }

    public void Free() => File.Delete(filler);

    public void Dispose()
    {
        if (CanBeFilled)
        {
            Run("umount", Directory);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
