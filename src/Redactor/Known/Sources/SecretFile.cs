using Microsoft.Win32.SafeHandles;

namespace Redactor.Known.Sources;

/// <summary>Files -> <see cref="SecretMemory"/>, without any other buffer of ours or the runtime's.</summary>
internal static class SecretFile
{
    /// <summary>Room for a file whose length the system does not tell (those of <c>/proc</c>), in bytes; it grows with what is there.</summary>
    private const int UnknownLength = 16 * 1024;

    /// <summary>A file that is one value: without the white space around it.</summary>
    /// <exception cref="SecretSourceException">It can't be read.</exception>
    public static ReadOnlyMemory<byte> ReadValue(string path, SecretMemory memory)
    {
        var content = Read(path, memory);
        ReadOnlySpan<byte> text = content.Span;
        int start = text.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? default : content[start..(text.LastIndexOfAnyExcept(" \t\r\n"u8) + 1)];
    }

    /// <summary>A whole file.</summary>
    /// <exception cref="SecretSourceException">It can't be read.</exception>
    public static ReadOnlyMemory<byte> Read(string path, SecretMemory memory)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return Read(file, Path.GetFileName(path), memory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretSourceException($"{Path.GetFileName(path)} can't be read ({(e is UnauthorizedAccessException ? "no permission, or a folder" : "no such file")})");
        }
    }

    private static ReadOnlyMemory<byte> Read(SafeFileHandle file, string name, SecretMemory memory)
    {
        long told = RandomAccess.GetLength(file);
        int room = told is 0 or > KnownLimits.MaxContentBytes ? UnknownLength : (int)told + 1;
        var buffer = memory.Take(room);
        int length = 0;
        for (int read; (read = RandomAccess.Read(file, buffer.Span[length..], length)) > 0;)
        {
            length += read;
            if (length > KnownLimits.MaxContentBytes)
            {
                throw new SecretSourceException($"{name} is larger than {KnownLimits.MaxContentBytes >> 20} MiB");
            }

            if (length == buffer.Length)
            {
                var larger = memory.Take(2 * length);
                buffer.CopyTo(larger);
                buffer = larger;
            }
        }

        return buffer[..length];
    }
}
