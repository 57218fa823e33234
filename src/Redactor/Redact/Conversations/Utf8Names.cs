using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Redactor.Redact.Conversations;

/// <summary>Compares names in ASCII, so that tables of them are asked for the bytes of a text as they stand.</summary>
internal sealed class Utf8Names : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    private readonly bool ignoresCase;

    private Utf8Names(bool ignoresCase) => this.ignoresCase = ignoresCase;

    /// <summary>Names that are spelled in one way.</summary>
    public static Utf8Names Ordinal { get; } = new(ignoresCase: false);

    /// <summary>Names in small or capital letters.</summary>
    public static Utf8Names IgnoringCase { get; } = new(ignoresCase: true);

    public bool Equals(string? x, string? y) => string.Equals(x, y, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => ignoresCase ? Ascii.EqualsIgnoreCase(alternate, other) : Ascii.Equals(alternate, other);

    public int GetHashCode([DisallowNull] string obj) => obj.Length == 0 ? 0 : Hash(obj.Length, obj[0], obj[obj.Length / 2], obj[^1]);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => alternate.IsEmpty ? 0 : Hash(alternate.Length, alternate[0], alternate[alternate.Length / 2], alternate[^1]);

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);

    /// <summary>The tables are small: a length and three letters tell their names apart, in either case.</summary>
    private static int Hash(int length, int first, int middle, int last) => length + ((first | 0x20) << 8) + ((middle | 0x20) << 16) + ((last | 0x20) << 24);
}
