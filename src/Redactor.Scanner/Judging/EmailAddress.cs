using System.Buffers;

namespace Redactor.Scanning.Judging;

/// <summary>E-mail addresses, told from what only has their form: users of Git over SSH, units of systemd, ids of messages, pictures by their scale.</summary>
internal static class EmailAddress
{
    /// <summary>Digits among letters from which a name before the <c>@</c> is the id of a message (RFC 5322): dates of birth have eight.</summary>
    private const int DigitsOfAnId = 12;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>The suffixes of template units, <c>name@instance.timer</c> (systemd.unit(5)); none is a top-level domain.</summary>
    private static readonly byte[][] UnitTypes = [.. new[] { ".service", ".timer", ".socket", ".mount", ".slice", ".scope", ".device", ".swap" }.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Whether <paramref name="value"/> can be somebody's address.</summary>
    public static bool IsValid(ReadOnlySpan<byte> value)
    {
        int at = value.IndexOf((byte)'@');
        return at > 0 && !value[..at].SequenceEqual("git"u8) && !IsMessageId(value[..at]) && !IsUnit(value) && !IsScale(value[(at + 1)..]);
    }

    /// <summary>Telephone numbers of digits alone are names of mailboxes too.</summary>
    private static bool IsMessageId(ReadOnlySpan<byte> name) =>
        name.IndexOfAnyExcept(Digits) >= 0 && (TextShape.Of(name) is { Digits: >= DigitsOfAnId } or { Length: > 32, CaseChanges: > 6 });

    /// <summary>A picture for screens of more pixels: <c>logo@2x.png</c>.</summary>
    private static bool IsScale(ReadOnlySpan<byte> domain) => domain is [>= (byte)'1' and <= (byte)'4', (byte)'x', (byte)'.', ..];

    private static bool IsUnit(ReadOnlySpan<byte> value)
    {
        foreach (byte[] type in UnitTypes)
        {
            if (value.EndsWith(type))
            {
                return true;
            }
        }

        return false;
    }
}
