using Redactor.Scanning.Filtering;

namespace Redactor.Scanning.Tests.Filtering;

public class CommonTextsTests
{
    [Fact]
    public void A_word_is_as_common_in_capitals_and_far_more_than_its_pairs_say()
    {
        ulong[] address = [CommonTexts.KeyOf("addres"u8)];
        UInt128[] pairs = [.. "addres"u8.ToArray().Select(CommonTexts.BothCases)];
        Assert.Equal(address[0], CommonTexts.KeyOf("ADDRES"u8));
        Assert.True(CommonTexts.Share(address) > 4 * TextStatistics.Share(pairs));
    }

    [Fact]
    public void What_nobody_writes_counts_for_nothing() => Assert.Equal(0, CommonTexts.Share([CommonTexts.KeyOf("qzxjkv"u8), CommonTexts.KeyOf("qzxj"u8)]));

    [Fact]
    public void The_shares_of_several_texts_add_up()
    {
        ulong one = CommonTexts.KeyOf("servic"u8), other = CommonTexts.KeyOf("messag"u8);
        Assert.Equal(CommonTexts.Share([one]) + CommonTexts.Share([other]), CommonTexts.Share([one, other]));
        Assert.NotEqual(0, CommonTexts.Share([one]) * CommonTexts.Share([other]));
    }

    [Theory]
    [InlineData("serv")]
    [InlineData("servic")]
    public void A_key_is_printed_as_it_was_read(string text) =>
        Assert.Equal(text, CommonTexts.Print(CommonTexts.KeyOf(System.Text.Encoding.ASCII.GetBytes(text.ToUpperInvariant())), text.Length));

    [Fact]
    public void Of_two_windows_the_one_that_words_read_less_is_chosen()
    {
        Atom[] atoms = [Word("address"), Word("addresq")];
        List<Window> windows = WindowPlan.Choose<Scanning.Filtering.Kernels.ScalarKernel>([.. atoms.Select((atom, index) => (atom, index))], Window.Long);
        Assert.Equal(1, windows.Single(w => w.Atom == atoms[1]).Offset);
    }

    private static Atom Word(string word) => new([.. word.Select(c => ByteSet.Of((byte)c) | ByteSet.Of((byte)char.ToUpperInvariant(c)))]);
}
