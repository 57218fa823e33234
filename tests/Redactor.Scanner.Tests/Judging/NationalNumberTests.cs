using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Judging;

/// <summary>One published or made-up number for each scheme, and the same with one character changed.</summary>
public class NationalNumberTests
{
    [Theory]
    [InlineData("us-ssn", "219-09-9998", "666-12-9999")]
    [InlineData("us-itin", "911-53-1234", "911-49-1234")]
    [InlineData("us-npi", "1234567893", "3234567893")]
    [InlineData("us-aba", "121000358", "121000359")]
    [InlineData("ca-sin", "130 692 544", "130 692 545")]
    [InlineData("mx-curp", "HEGG560427MVZRRL04", "HEGG560427MVZRRL05")]
    [InlineData("br-cpf", "529.982.247-25", "529.982.247-26")]
    [InlineData("br-cnpj", "11.222.333/0001-81", "11.222.333/0001-82")]
    [InlineData("cl-rut", "12.345.678-5", "12.345.678-6")]
    [InlineData("ar-cuit", "20-12345678-6", "20-12345678-7")]
    [InlineData("gb-nhs", "401-023-2137", "401-023-2138")]
    [InlineData("gb-nino", "tw987654a", "nt998877a")]
    [InlineData("ie-pps", "1234567T", "1234567A")]
    [InlineData("es-id", "12345678Z", "12345678A")]
    [InlineData("es-id", "X1234567L", "X1234567A")]
    [InlineData("fr-nir", "2 55 08 14 168 025 38", "2 55 08 14 168 025 39")]
    [InlineData("de-tax-id", "86095742719", "86095742710")]
    [InlineData("at-svnr", "1237010180", "1237010181")]
    [InlineData("ch-ahv", "756.9217.0769.85", "756.9217.0769.84")]
    [InlineData("nl-bsn", "111222333", "111222334")]
    [InlineData("be-rrn", "85.07.30-033.28", "85.07.30-033.29")]
    [InlineData("it-vat", "01333550323", "01333550324")]
    [InlineData("fi-hetu", "131052-308T", "131052-308U")]
    [InlineData("se-id", "640823-3234", "640823-3235")]
    [InlineData("se-organisation", "556016-0680", "556016-0681")]
    [InlineData("is-id", "120174-3399", "120174-3389")]
    [InlineData("ee-lt-id", "37605030299", "37605030298")]
    [InlineData("lv-id", "161175-19997", "161175-19998")]
    [InlineData("pl-pesel", "44051401359", "44051401358")]
    [InlineData("ro-cnp", "1800101221144", "1800101221145")]
    [InlineData("bg-egn", "7523169263", "7523169264")]
    [InlineData("hr-oib", "69435151530", "69435151531")]
    [InlineData("yu-jmbg", "0101006500006", "0101006500007")]
    [InlineData("gr-amka", "01018012342", "01018012343")]
    [InlineData("tr-id", "10000000146", "10000000145")]
    [InlineData("ru-inn", "7830002293", "7830002294")]
    [InlineData("ru-snils", "112-233-445 95", "112-233-445 96")]
    [InlineData("ua-rnokpp", "3184710691", "3184710690")]
    [InlineData("in-aadhaar", "234123412346", "234123412347")]
    [InlineData("cn-id", "11010519491231002X", "110105194912310021")]
    [InlineData("tw-id", "A123456789", "A123456788")]
    [InlineData("kr-rrn", "960121-1021413", "961321-1021413")]
    [InlineData("kr-brn", "104-86-56659", "104-86-56658")]
    [InlineData("th-id", "1234567890121", "1034567890124")]
    [InlineData("au-tfn", "876 543 210", "876 543 211")]
    [InlineData("au-abn", "51824753556", "52824753556")]
    [InlineData("au-acn", "006249976", "006249977")]
    [InlineData("au-medicare", "2123456701", "2123258701")]
    [InlineData("za-id", "9202201234088", "8001015009086")]
    [InlineData("nz-ird", "49091850", "136410133")]
    [InlineData("base58check", "1111111111111111111114oLvT2", "111111111111111111111" + "4oLvT3")]
    [InlineData("base58check", "1BitcoinEaterAddressDontSendf59kuE", "11BitcoinEaterAddressDontSendf59kuE")]
    [InlineData("base58check", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")]
    [InlineData("bech32", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")]
    [InlineData("phone", "+41 (0)96 471 07 95", "2003-08-28 12")]
    [InlineData("ipv6", "fe80::1", "12:34:56")]
    [InlineData("mac", "00:1A:2B:3C:4D:5E", "FF:FF:FF:FF:FF:FF")]
    public void A_right_number_is_confirmed_and_a_wrong_one_rejected(string check, string right, string wrong)
    {
        Assert.True(Checks.Find(check)!(Encoding.UTF8.GetBytes(right)), "right");
        Assert.False(Checks.Find(check)!(Encoding.UTF8.GetBytes(wrong)), "wrong");
    }

    [Fact]
    public void A_number_of_Kazakhstan_takes_its_second_weights_at_remainder_ten()
    {
        int confirmed = Enumerable.Range(0, 10_000).Count(serial =>
            Enumerable.Range(0, 10).Count(digit => Ask($"8501013{serial:D4}{digit}")) == 1);
        Assert.InRange(confirmed, 9_800, 9_999);

        static bool Ask(string number) => Checks.Find("kz-id")!(Encoding.UTF8.GetBytes(number));
    }

    [Fact]
    public void A_proof_allocates_nothing()
    {
        byte[] address = Encoding.UTF8.GetBytes("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
        byte[] password = Encoding.UTF8.GetBytes("correct horse 7");
        foreach (string name in Checks.Names)
        {
            Check check = Checks.Find(name)!;
            check(address);
            check(password);
            long before = GC.GetAllocatedBytesForCurrentThread();
            check(address);
            check(password);
            Assert.Equal((name, 0), (name, GC.GetAllocatedBytesForCurrentThread() - before));
        }
    }
}
