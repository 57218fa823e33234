using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Judging;

/// <summary>What a text is made of, counted 64 bytes at a time, is what counting it byte by byte gives.</summary>
public class TextShapeTests
{
    // Few bytes, so that runs of letters and of equal bytes grow beyond a word of 64; those beside the letters and digits in the code, and beyond ASCII.
    private static readonly string[] Alphabets = ["a", "aA", "a1", "aAbz09f_g", "@AZ[`az{/09:", "\u00c1\u00e1aA1\u0000\u0010"];

    [Fact]
    public void Every_length_from_0_to_300_counts_the_same_as_byte_by_byte()
    {
        var random = new Random(1);
        foreach (string alphabet in Alphabets)
        {
            for (int length = 0; length <= 300; length++)
            {
                byte[] value = [.. Enumerable.Range(0, length).Select(_ => (byte)alphabet[random.Next(alphabet.Length)])];
                Check(value);
            }
        }
    }

    [Fact]
    public void A_run_across_the_ends_of_words_is_one()
    {
        byte[] value = [.. "1"u8, .. Enumerable.Repeat((byte)'x', 200), .. "-xx"u8];
        TextShape shape = TextShape.Of(value);
        Assert.Equal((200, 200), (shape.LongestWord, shape.LongestRepeat));
        Check(value);
    }

    private static void Check(byte[] value)
    {
        TextShape shape = TextShape.Of(value);
        char[] text = [.. value.Select(b => (char)b)];
        (char First, char Second)[] pairs = [.. text.Zip(text.Skip(1))];
        var expected = (
            text.Count(char.IsAsciiLetterLower), text.Count(char.IsAsciiLetterUpper), text.Count(char.IsAsciiDigit), text.Count(c => !char.IsAsciiLetterOrDigit(c)),
            text.Count(c => char.IsAsciiLetter(c) && char.ToLowerInvariant(c) > 'f'),
            Longest(text, (_, c) => char.IsAsciiLetter(c)), Longest(text, (last, c) => last == c, 1),
            pairs.Count(p => char.IsAsciiLetterLower(p.First) && char.IsAsciiLetterUpper(p.Second)),
            pairs.Count(p => (char.IsAsciiLetter(p.First) && char.IsAsciiDigit(p.Second)) || (char.IsAsciiDigit(p.First) && char.IsAsciiLetter(p.Second))),
            text.Select(c => c & 31).Distinct().Count());
        Assert.Equal(expected, (
            shape.Lower, shape.Upper, shape.Digits, shape.Others, shape.NonHex, shape.LongestWord, shape.LongestRepeat, shape.CaseChanges, shape.DigitChanges, shape.Distinct));
    }

    /// <summary>The most characters in a row that go on, each judged with the one before it; one that does not go on counts as <paramref name="alone"/>.</summary>
    private static int Longest(char[] text, Func<char?, char, bool> goesOn, int alone = 0)
    {
        int longest = 0, now = 0;
        for (int i = 0; i < text.Length; i++)
        {
            now = goesOn(i == 0 ? null : text[i - 1], text[i]) ? now + 1 : alone;
            longest = Math.Max(longest, now);
        }

        return longest;
    }
}
