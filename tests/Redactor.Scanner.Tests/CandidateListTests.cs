namespace Redactor.Scanning.Tests;

public class CandidateListTests
{
    [Fact]
    public void A_list_that_has_grown_by_merging_takes_no_more_than_any_other()
    {
        CandidateList Full(int count)
        {
            var list = new CandidateList();
            for (int i = 0; i < count; i++)
            {
                list.Add(i, 0);
            }

            return list;
        }

        var grown = Full(100);
        grown.Merge(Full(1000)); // now of a size that doubling does not lead from to the limit
        Assert.Throws<TooDenseException>(() =>
        {
            for (int i = grown.Count; i <= ScanLimits.MaxCandidates; i++)
            {
                grown.Add(1000, 0);
            }
        });
        Assert.Equal(ScanLimits.MaxCandidates, grown.Count);
    }
}
