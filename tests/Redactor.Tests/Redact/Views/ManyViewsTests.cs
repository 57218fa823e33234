using System.Text;
using Redactor.Redact;
using static Redactor.Tests.Redact.RedactTesting;

namespace Redactor.Tests.Redact.Views;

/// <summary>Texts of which a great part is encoded, piece by piece.</summary>
public sealed class ManyViewsTests
{
    private const int Pieces = 500;

    public static TheoryData<string> Encodings => ["url", "base64"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void What_they_hold_is_masked_in_each(string encoding)
    {
        string redacted = Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(Text(encoding)), TestRules).Bytes.Span);

        Assert.Equal(Pieces, redacted.Split("more text").Length - 1);
        Assert.DoesNotContain(Text(encoding).Split(' ')[0], redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("over-budget", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void What_they_hold_is_merged_once_and_not_with_each_of_them(string encoding)
    {
        Scratch scratch = Scratch.Rent(TestRules);
        int views = 0;
        var merged = new List<int>();
        scratch.Reader.Observer = (_, _, _) =>
        {
            views++;
            merged.Add(scratch.Reader.Ranges.Length);
        };

        scratch.Reader.Read(Encoding.UTF8.GetBytes(Text(encoding)), -1, "test");

        scratch.Reader.Observer = null;
        Assert.Equal(Pieces, views);
        Assert.All(merged, count => Assert.Equal(0, count));
        Assert.Equal(Pieces, scratch.Reader.Ranges.Length);
    }

    private static string Text(string encoding)
    {
        string piece = encoding == "url"
            ? Canary.Replace("-", "%2D", StringComparison.Ordinal)
            : Convert.ToBase64String(Encoding.UTF8.GetBytes($"the secret is {Canary}"));
        return string.Concat(Enumerable.Repeat($"{piece} and some more text ", Pieces));
    }
}
