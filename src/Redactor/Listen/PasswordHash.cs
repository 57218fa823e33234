using System.Runtime.InteropServices;

namespace Redactor.Listen;

/// <summary>Password hashes as the system's libcrypt knows them: bcrypt, SHA-512-crypt, yescrypt. The BCL has none of them.</summary>
internal static unsafe class PasswordHash
{
    /// <summary>Bytes that libcrypt works in: its manual fixes sizeof(struct crypt_data) at 32768.</summary>
    private const int WorkBytes = 32768;

    /// <summary>Bytes of every bcrypt hash; the other methods' are longer.</summary>
    private const int BcryptLength = 60;

    /// <summary>Debian's name of the library, and that of distributions without glibc's own.</summary>
    private static readonly string[] FileNames = ["libcrypt.so.1", "libcrypt.so.2"];

    private static readonly delegate* unmanaged<byte*, byte*, byte*, int, byte*> Crypt = Load();

    /// <summary>Whether this machine has the library.</summary>
    public static bool IsAvailable => Crypt != null;

    /// <summary>Whether <paramref name="text"/> has the form of a hash that is hard to reverse. What htpasswd makes without -B or -5, and plain text, is not.</summary>
    public static bool IsHash(ReadOnlySpan<byte> text) =>
        text.Length == BcryptLength && text.StartsWith("$2"u8) || text.Length > BcryptLength && (text.StartsWith("$6$"u8) || text.StartsWith("$y$"u8));

    /// <summary>Hashes <paramref name="password"/> by the method, cost and salt of <paramref name="setting"/>, which may be a whole hash.</summary>
    /// <returns>The hash, which repeats the setting in front; null if the library does not know the method.</returns>
    public static byte[]? Compute(ReadOnlySpan<byte> password, ReadOnlySpan<byte> setting)
    {
        byte[] phrase = [.. password, 0], method = [.. setting, 0], work = new byte[WorkBytes];
        fixed (byte* p = phrase, m = method, w = work)
        {
            byte* hash = Crypt(p, m, w, WorkBytes);
            return hash == null ? null : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(hash).ToArray();
        }
    }

    private static delegate* unmanaged<byte*, byte*, byte*, int, byte*> Load()
    {
        nint library = 0;
        return FileNames.Any(name => NativeLibrary.TryLoad(name, out library)) && NativeLibrary.TryGetExport(library, "crypt_rn", out nint function)
            ? (delegate* unmanaged<byte*, byte*, byte*, int, byte*>)function
            : null;
    }
}
