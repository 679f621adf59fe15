import type { Invariant } from './invariant.ts'

/** A merchant's row leads only to rows of the same merchant and, where it names one, of the same campaign. */
export const TENANTS: readonly Invariant[] = [
  {
    name: 'nothing_points_elsewhere',
    broken: (sql) => sql`
      select merchant_id, id, format('no %s %s of this merchant', kind, target)
      from (
        select o.merchant_id, o.id, 'store' as kind, o.store_id as target, x.id is not null as found
        from orders o left join stores x on x.merchant_id = o.merchant_id and x.id = o.store_id
        union all
        select c.merchant_id, c.id, 'order', c.order_id, x.id is not null
        from cancellations c left join orders x on x.merchant_id = c.merchant_id and x.id = c.order_id
        where c.order_id is not null
        union all
        select t.merchant_id, t.id, 'campaign', t.campaign_id, x.id is not null
        from voucher_templates t left join campaigns x on x.merchant_id = t.merchant_id and x.id = t.campaign_id
        union all
        select t.merchant_id, t.id, 'store', t.store_id, x.id is not null
        from voucher_templates t left join stores x on x.merchant_id = t.merchant_id and x.id = t.store_id
        where t.store_id is not null
        union all
        select f.merchant_id, f.id, 'campaign', f.campaign_id, x.id is not null
        from offers f left join campaigns x on x.merchant_id = f.merchant_id and x.id = f.campaign_id
        union all
        select s.merchant_id, s.id, 'offer', s.offer_id, x.id is not null
        from shares s left join offers x
          on x.merchant_id = s.merchant_id and x.id = s.offer_id and x.campaign_id = s.campaign_id
        union all
        select c.merchant_id, c.id, 'store', named.id, x.id is not null
        from campaigns c
        cross join lateral unnest(c.store_ids) named (id)
        left join stores x on x.merchant_id = c.merchant_id and x.id = named.id
        union all
        select s.merchant_id, s.id, 'order', s.order_id, x.id is not null
        from shares s left join orders x on x.merchant_id = s.merchant_id and x.id = s.order_id
        union all
        select p.merchant_id, p.share_id, 'share', p.share_id, x.id is not null
        from slots p left join shares x on x.merchant_id = p.merchant_id and x.id = p.share_id
        where p.position = 1
        union all
        select k.merchant_id, k.id, 'share', k.share_id, x.id is not null
        from claims k left join shares x
          on x.merchant_id = k.merchant_id and x.id = k.share_id and x.campaign_id = k.campaign_id
        union all
        select v.merchant_id, v.id, 'claim', v.claim_id, x.id is not null
        from vouchers v left join claims x on x.merchant_id = v.merchant_id and x.id = v.claim_id
          and x.campaign_id = v.campaign_id and x.person_id = v.holder_id
        union all
        select v.merchant_id, v.id, 'template', v.template_id, x.id is not null
        from vouchers v left join voucher_templates x
          on x.merchant_id = v.merchant_id and x.id = v.template_id and x.campaign_id = v.campaign_id
        union all
        select r.merchant_id, r.id, 'voucher', r.voucher_id, x.id is not null
        from redemptions r left join vouchers x on x.merchant_id = r.merchant_id and x.id = r.voucher_id
        union all
        select b.merchant_id, b.id, 'redemption', b.redemption_id, x.id is not null
        from rollbacks b left join redemptions x on x.merchant_id = b.merchant_id and x.id = b.redemption_id
        union all
        select h.merchant_id, h.id, 'voucher', h.voucher_id, x.id is not null
        from holds h left join vouchers x on x.merchant_id = h.merchant_id and x.id = h.voucher_id
        union all
        select l.merchant_id, l.cause_id, 'campaign', l.campaign_id, x.id is not null
        from ledger l left join campaigns x on x.merchant_id = l.merchant_id and x.id = l.campaign_id
      ) reference
      where not found`,
  },
]
