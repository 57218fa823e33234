using System.Text;
using Redactor.Redact.Views;

namespace Redactor.Tests.Redact.Views;

public sealed class ViewTriggersTests
{
    private static readonly string[] Pieces = [" ", ";", "%41", "%4", "&amp;", "&", "\u00e9", "\0", "word", "/path/to-some_thing+", "QUJDREVGR0hJSktM", "cnry", "0123456789abcdef", "x"];

    [Fact]
    public void Runs_and_signs_are_found_wherever_they_lie_in_a_text_of_any_length()
    {
        var random = new Random(20261122);
        List<ViewTrigger> found = [];
        for (int i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (int pieces = random.Next(20); pieces > 0; pieces--)
            {
                string piece = Pieces[random.Next(Pieces.Length)];
                text.Insert(text.Length, piece, random.Next(4) == 0 ? random.Next(1, 12) : 1);
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            ViewTriggers.Find(bytes, found);
            Assert.Equal(ByteForByte(bytes), found);
        }
    }

    [Fact]
    public void A_run_is_found_at_every_place_of_a_step_and_with_every_length_that_ends_in_it_or_in_the_next_ones()
    {
        List<ViewTrigger> found = [];
        for (int before = 0; before < 130; before++)
        {
            for (int length = 31; length < 200; length++)
            {
                byte[] text = Encoding.UTF8.GetBytes(new string(' ', before) + string.Concat(Enumerable.Repeat("QUJD", 50))[..length] + (length % 2 == 0 ? "" : " %41"));
                ViewTriggers.Find(text, found);
                Assert.Equal(ByteForByte(text), found);
                Assert.Equal(length >= 32, found is [{ Kind: TriggerKind.Run }, ..]);
            }
        }
    }

    /// <summary>The triggers, found in the plainest way.</summary>
    private static List<ViewTrigger> ByteForByte(ReadOnlySpan<byte> text)
    {
        List<ViewTrigger> triggers = [];
        for (int at = 0; at < text.Length;)
        {
            int run = text[at..].IndexOfAnyExcept(ViewTriggers.Members);
            run = run < 0 ? text.Length - at : run;
            if (run >= 512 || (run >= 32 && Readable.MayHold(text.Slice(at, run))))
            {
                triggers.Add(new ViewTrigger(TriggerKind.Run, at, run));
            }
            else if (run == 0 && text[at] == '%' && text.Length - at > 2 && char.IsAsciiHexDigit((char)text[at + 1]) && char.IsAsciiHexDigit((char)text[at + 2]))
            {
                triggers.Add(new ViewTrigger(TriggerKind.Percent, at, 3));
            }
            else if (run == 0 && text[at] == '&' && HtmlEntities.TryRead(text[at..], out _, out int length))
            {
                triggers.Add(new ViewTrigger(TriggerKind.Entity, at, length));
            }

            at += Math.Max(1, run);
        }

        return triggers;
    }
}
