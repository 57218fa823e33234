using System.Buffers.Text;
using Redactor.Scanning;

namespace Redactor.Known;

/// <summary>
/// What base64 makes of a short value: text is read decoded from some length on (<c>Redact/Views</c>), and a short password behind a short name, as in a header
/// of Basic authentication, has less.
/// </summary>
/// <remarks>
/// Three bytes are four characters, so a value has three forms, by the place of its first byte among the three. A character at either end that holds bits of a neighbour
/// is no part of a form:
/// <code>
///   a:hunter2x  ->  YTpo dW50 ZXIy eA==     the first byte of the value is the third of its group: its form is "odW50ZXIye"
/// </code>
/// </remarks>
internal static class Base64Forms
{
    /// <summary>From 24 bytes on a value has 32 characters, and no text around it has less: the least run that is read decoded.</summary>
    private const int LongEnough = 24;

    private const int GroupBytes = 3;
    private const int BitsPerByte = 8;
    private const int BitsPerCharacter = 6;

    /// <summary>Adds the forms of a value, in either alphabet.</summary>
    public static void Add(int rule, ReadOnlyMemory<byte> value, SecretMemory memory, List<ExactValue> forms)
    {
        for (int before = 0; before < GroupBytes && value.Length < LongEnough; before++)
        {
            var padded = memory.Take(before + value.Length);
            padded.Span[..before].Clear();
            value.CopyTo(padded[before..]);
            var text = memory.Take(Base64.GetMaxEncodedToUtf8Length(padded.Length));
            Base64.EncodeToUtf8(padded.Span, text.Span, out _, out _);
            int first = ((before * BitsPerByte) + BitsPerCharacter - 1) / BitsPerCharacter, end = padded.Length * BitsPerByte / BitsPerCharacter;
            var form = text[first..end];
            forms.Add(new ExactValue(rule, form, Encoded: true));
            if (form.Span.ContainsAny((byte)'+', (byte)'/'))
            {
                var other = memory.Take(form.Length);
                form.CopyTo(other);
                other.Span.Replace((byte)'+', (byte)'-');
                other.Span.Replace((byte)'/', (byte)'_');
                forms.Add(new ExactValue(rule, other, Encoded: true));
            }
        }
    }
}
